import type { Fault } from '../../testing/fault-proxy.js';
import { cut, dropAfter, dropBefore, hang, outOfService, throttle } from '../../testing/faults.js';
import type { LOCKING_KINDS } from '../scenarios/scene.js';

export type LockingKind = (typeof LOCKING_KINDS)[number];
export type StepName = 'main' | 'post';

/** What a step asks for when nothing goes wrong: see `nameOf` of the scene. */
export interface PlainRequest {
  readonly kind: LockingKind;
  readonly step: StepName;
  readonly name: string;
  /** Which of the step's requests of that name. */
  readonly nth: number;
}

/**
 * What becomes of a request.
 *
 * - `passes`: once, or as often as the client has patience for, so that the job notices nothing;
 * - `outlasts`: longer than the retries of one request, so that a step may fail, but lets go of the lock;
 * - `kills`: the step ends by SIGKILL when the fault is done with the request.
 */
export interface Weather {
  readonly name: string;
  readonly effect: 'passes' | 'outlasts' | 'kills';
  readonly fault: Fault;
  readonly times: number;
}

const carryOut: Fault = async ({ forward }) => {
  await forward();
};

export const WEATHER: readonly Weather[] = [
  { name: 'killed before', effect: 'kills', fault: hang(), times: 1 },
  { name: 'killed after', effect: 'kills', fault: carryOut, times: 1 },
  { name: 'reset before', effect: 'passes', fault: dropBefore(), times: 1 },
  { name: 'reset after', effect: 'passes', fault: dropAfter(), times: 1 },
  { name: 'cut in the body', effect: 'passes', fault: cut(1), times: 1 },
  { name: 'never answered', effect: 'passes', fault: hang(), times: 1 },
  { name: '503 once', effect: 'passes', fault: outOfService(), times: 1 },
  { name: 'throttled', effect: 'passes', fault: throttle(), times: 3 },
  // More often than "max_retries" has a request sent.
  { name: '503 for a while', effect: 'outlasts', fault: outOfService(), times: 8 },
  { name: 'resets for a while', effect: 'outlasts', fault: dropBefore(), times: 8 },
];

/** One cell of the matrix. */
export interface Cell extends PlainRequest {
  readonly weather: Weather;
}

export const cellsOf = (requests: readonly PlainRequest[]): Cell[] =>
  requests.flatMap((request) => WEATHER.map((weather) => ({ ...request, weather })));

/** The request as a row of the table and a title name it. */
export const requestLabel = ({ name, nth }: PlainRequest): string => (nth === 1 ? name : `${name} (${nth})`);
