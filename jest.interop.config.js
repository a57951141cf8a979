import unit from './jest.config.js';

/** Tests against the real clients and servers that `scripts/install-interop-tools.sh` installs. */
export default {
  ...unit,
  testMatch: ['**/__tests__/interop/**/*.test.ts'],
  // `npm run test:lokoctl` names it.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.LOKOCTL ? [] : ['/lokoctl\\.test\\.ts$'])],
  // More than there are cores on a small machine: real clients wait a good part of their time.
  maxWorkers: 3,
};
