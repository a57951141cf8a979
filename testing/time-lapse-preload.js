/** Makes time run faster in the process that preloads it: clocks, timers and the time-outs of sockets. */
import { Socket } from 'node:net';

const SPEED = 10;

const realDate = Date;
const since = Number(process.env['TIME_LAPSE_SINCE']);
const fastNow = () => Math.round(since + (realDate.now() - since) * SPEED);

globalThis.Date = new Proxy(realDate, {
  construct: (target, values, newTarget) =>
    Reflect.construct(target, values.length === 0 ? [fastNow()] : values, newTarget),
  get: (target, name) => (name === 'now' ? fastNow : Reflect.get(target, name)),
});

const { setTimeout, setInterval } = globalThis;
globalThis.setTimeout = Object.assign(faster(setTimeout), setTimeout);
globalThis.setInterval = Object.assign(faster(setInterval), setInterval);

const realSocketTimeout = Socket.prototype.setTimeout;
Socket.prototype.setTimeout = function (ms, callback) {
  return realSocketTimeout.call(this, ms / SPEED, callback);
};

/**
 * @template {typeof setTimeout | typeof setInterval} Timer
 * @param {Timer} real
 */
function faster(real) {
  /** @type {(work: () => void, ms?: number, ...values: unknown[]) => unknown} */
  const timer = real;
  const fast = (/** @type {() => void} */ work, ms = 0, /** @type {unknown[]} */ ...values) =>
    timer(work, ms / SPEED, ...values);
  return /** @type {Timer} */ (/** @type {unknown} */ (fast));
}
