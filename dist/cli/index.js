#!/usr/bin/env node
await (await import('../index.js')).cli();
