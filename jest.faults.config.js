import unit from './jest.config.js';

/** The matrix of faults: every request of a job, and all that can befall it. It runs `dist/`. */
export default {
  ...unit,
  testMatch: ['**/__tests__/faults/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Cells in parallel, each with servers and processes of its own.
  maxConcurrency: 4,
  testTimeout: 120_000,
};
