(await import('../index.js')).backup();
