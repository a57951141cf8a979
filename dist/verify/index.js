(await import('../index.js')).verify();
