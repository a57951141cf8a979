(await import('../index.js')).inspect();
