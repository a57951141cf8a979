import type { InputRows } from './row.js';

export const verifyInputs = {
  depth: {
    type: 'choice',
    choices: ['newest', 'sample', 'all'],
    from: 'ours',
    actions: ['verify'],
    fallback: 'newest',
    description:
      'Which snapshots of each state are read again: the `newest` verified one, a `sample` with others beside it, or `all`. ' +
      'Names are compared in any case, and what they leave open is read.',
  },
  sample_size: {
    type: 'whole number',
    from: 'ours',
    actions: ['verify'],
    fallback: '3',
    description: 'With `depth: sample`, how many others of each state are read, at random.',
  },
  acknowledged: {
    type: 'keys',
    from: 'ours',
    actions: ['verify'],
    description:
      'What a person has looked at: lines of keys, of snapshots or of states, whose findings are told and do not fail the step. ' +
      'A line may begin with `#`.',
  },
  drill: {
    type: 'boolean',
    from: 'ours',
    actions: ['verify'],
    fallback: 'false',
    description:
      'Restore the newest verified snapshot of each state for trial, into a folder of its own, have `terraform` or `tofu` list it ' +
      'there, and clean up.',
  },
} as const satisfies InputRows;
