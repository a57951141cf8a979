(await import('../index.js')).restorePost();
