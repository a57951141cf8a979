(await import('../index.js')).restore();
