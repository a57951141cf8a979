/** Unit, contract and scenario tests: everything that needs Node.js alone. */
export default {
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/__tests__/faults/', '/__tests__/interop/'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      'babel-jest',
      {
        babelrc: false,
        configFile: false,
        presets: [['@babel/preset-typescript', { onlyRemoveTypeImports: true }]],
      },
    ],
  },
  // Catches what hangs; no test proves anything by it.
  testTimeout: 300_000,
  maxWorkers: '100%',
  collectCoverageFrom: ['src/**/*.ts', '!src/entrypoints/**'],
  coverageReporters: ['text-summary'],
  coverageThreshold: { global: { lines: 95 } },
};
