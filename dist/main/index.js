(await import('../index.js')).main();
