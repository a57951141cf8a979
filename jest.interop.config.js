import unit from './jest.config.js';

/** Tests against the real clients and servers that `scripts/install-interop-tools.sh` installs. */
export default {
  ...unit,
  testMatch: ['**/__tests__/interop/**/*.test.ts'],
  // `npm run test:lokoctl` names it.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.LOKOCTL ? [] : ['/lokoctl\\.test\\.ts$'])],
  maxWorkers: 2,
};
