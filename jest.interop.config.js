import unit from './jest.config.js';

/** Tests against the real clients and servers that `scripts/install-interop-tools.sh` installs. */
export default {
  ...unit,
  testMatch: ['**/__tests__/interop/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  maxWorkers: 2,
};
