(await import('../index.js')).post();
