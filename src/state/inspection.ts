import { setImmediate } from 'node:timers/promises';
import { Fingerprinter } from './fingerprint.js';
import { JsonScanner } from './json-scanner.js';
import type { Resources } from './resources.js';
import { doubtsAbout } from './state-doubts.js';
import { FORMAT_VERSION, headerOf, type StateHeader } from './state-header.js';
import { StateReader } from './state-reader.js';

/** What can be told of a state without knowing its resource types. */
export interface StateInspection {
  readonly header: StateHeader;
  /** Resource instances; undefined when the state is encrypted, or is no sound JSON of format version 4. */
  readonly resources?: Resources;
  /** How many of them Terraform will replace, because their creation failed half-way; known where they are. */
  readonly tainted?: number;
  /** Why Terraform may not read this as a state, a sentence each. They quote nothing of the state. */
  readonly doubts: readonly string[];
}

/** So much is read before timers and signals get their turn. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Reads a state of any size in little memory of its own: what grows is the map of resource instances.
 *
 * A body that is no state is no error: the doubts say what is wrong with it. No attribute value leaves this function.
 *
 * @param body The state's bytes, or its pieces in order; of these, none is asked for after the JSON broke.
 * @throws what reading the pieces throws.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/states/statefile/version4.go stateV4
 * @see https://github.com/opentofu/opentofu/blob/main/internal/encryption/state.go statedata
 */
export async function inspectState(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<StateInspection> {
  const fingerprinter = new Fingerprinter();
  const reader = new StateReader(fingerprinter);
  const scanner = new JsonScanner(reader, fingerprinter);
  for await (const piece of body instanceof Uint8Array ? piecesOf(body) : body) {
    if (!scanner.write(piece)) break;
  }
  const result = scanner.end();
  const header = headerOf(reader.topLevel);
  const sound = result.kind === 'complete' && header.version === FORMAT_VERSION && !header.encrypted;
  const oneList = reader.resourcesAreAList && !reader.repeatedKeys.has('resources');
  return {
    header,
    ...(sound && oneList && { resources: reader.resources, tainted: reader.tainted }),
    doubts: doubtsAbout(result, reader, header),
  };
}

async function* piecesOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.length; start += PIECE_BYTES) {
    if (start > 0) await setImmediate();
    yield body.subarray(start, start + PIECE_BYTES);
  }
}
