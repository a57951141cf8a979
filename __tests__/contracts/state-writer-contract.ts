import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { md5Hex } from '../../src/state/digest.js';
import type { DigestWriter, StateWriter } from '../../src/state/state-writer.js';
import { stateBody } from '../../testing/test-data.js';

/** A state's object, and whoever else writes it: on no condition, and without a body removes it. */
export interface StateObjectUnderTest {
  readonly writer: Pick<StateWriter, 'put' | 'emptyObject'>;
  /** @returns its ETag */
  store(body: Uint8Array | undefined): Promise<string | undefined>;
  stored(): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** A digest, the same. */
export interface DigestUnderTest {
  readonly digest: DigestWriter;
  store(digest: string | undefined): Promise<void>;
  stored(): Promise<string | undefined>;
  close(): Promise<void>;
}

const OLD = stateBody({ serial: 7 });
const NEW = stateBody({ serial: 8 });
const CANCELLED = new Error('The job was cancelled.');

/** What every writer of a state's object promises. */
export function describeStateObjectContract(name: string, start: () => Promise<StateObjectUnderTest>): void {
  describe(name, () => {
    let place: StateObjectUnderTest;
    let writer: StateObjectUnderTest['writer'];
    const stored = async () => {
      const body = await place.stored();
      return body && Buffer.from(body);
    };

    beforeEach(async () => {
      place = await start();
      ({ writer } = place);
    });
    afterEach(() => place.close());

    test('writes over the version that was read', async () => {
      const etag = await place.store(OLD);
      expect(await writer.put(NEW, etag === undefined ? undefined : { etag })).toBe('written');
      expect(await stored()).toEqual(Buffer.from(NEW));
    });

    test('writes where there is nothing', async () => {
      expect(await writer.put(NEW, undefined)).toBe('written');
      expect(await stored()).toEqual(Buffer.from(NEW));
    });

    test.each([
      ['another version', OLD, stateBody({ serial: 9 })],
      ['no state any more', OLD, undefined],
      ['a state where there was none', undefined, OLD],
    ])('is refused where there is %s by now', async (_, read, now) => {
      const etag = await place.store(read);
      await place.store(now);
      expect(await writer.put(NEW, etag === undefined ? undefined : { etag })).toBe('refused');
      expect(await stored()).toEqual(now && Buffer.from(now));
    });

    test('takes what is there for written if it is the same, whoever was refused by it', async () => {
      const etag = await place.store(OLD);
      await place.store(NEW);
      expect(await writer.put(NEW, etag === undefined ? undefined : { etag })).toBe('written');
    });

    test('knows an object without a byte, and writes over it', async () => {
      expect(await writer.emptyObject()).toBeUndefined();
      await place.store(OLD);
      expect(await writer.emptyObject()).toBeUndefined();
      await place.store(Buffer.alloc(0));
      const etag = await writer.emptyObject();
      expect(etag).toMatch(/^".+"$/);
      expect(await writer.put(NEW, etag === undefined ? undefined : { etag })).toBe('written');
    });

    test('ends when the signal has aborted', async () => {
      const aborted = AbortSignal.abort(CANCELLED);
      await expect(writer.put(NEW, undefined, aborted)).rejects.toBe(CANCELLED);
      await expect(writer.emptyObject(aborted)).rejects.toBe(CANCELLED);
    });
  });
}

/** What every writer of a digest promises. */
export function describeDigestContract(name: string, start: () => Promise<DigestUnderTest>): void {
  describe(name, () => {
    let place: DigestUnderTest;
    let digest: DigestWriter;

    beforeEach(async () => {
      place = await start();
      ({ digest } = place);
    });
    afterEach(() => place.close());

    test('removes what was read, and nothing else', async () => {
      await place.store('read');
      expect(await digest.remove('another')).toBe('refused');
      expect(await place.stored()).toBe('read');
      expect(await digest.remove('read')).toBe('removed');
      expect(await place.stored()).toBeUndefined();
      expect(await digest.remove('read')).toBe('removed');
    });

    test('is put where there is none, or the same, and over no other', async () => {
      const [md5, other] = [md5Hex(NEW), md5Hex(OLD)];
      expect(await digest.put(md5)).toBe('written');
      expect(await digest.put(md5)).toBe('written');
      expect(await place.stored()).toBe(md5);
      expect(await digest.put(other)).toBe('refused');
      expect(await place.stored()).toBe(md5);
    });

    test('ends when the signal has aborted', async () => {
      const aborted = AbortSignal.abort(CANCELLED);
      await expect(digest.put('x', aborted)).rejects.toBe(CANCELLED);
      await expect(digest.remove('x', aborted)).rejects.toBe(CANCELLED);
    });
  });
}
