import type { HclBlock } from '../hcl/body.js';
import type { Reading } from '../hcl/hcl.js';
import { HclError } from '../hcl/interruptions.js';
import { type Position, positionsIn } from '../hcl/position.js';
import type { TerraformBackends } from '../hcl/terraform-backends.js';
import { argumentsOf, COMMENT } from './json-arguments.js';
import { type JsonMember, type JsonNode, readJson } from './json-tree.js';

/**
 * Reads the `backend` and `cloud` blocks of a `.tf.json` file. Where a block can stand, a list of them can stand too.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#nested-block-mapping
 */
export function readTerraformJsonBackends(text: string): Reading<TerraformBackends> {
  return readJson(text, (root) => {
    const positionOf = positionsIn(text);
    const inside = membersOf(root).filter(named('terraform')).flatMap(bodies);
    const ofType = (type: string) => inside.filter(named(type));
    return {
      backends: ofType('backend').flatMap((member) => backendsIn(member, positionOf)),
      clouds: ofType('cloud').flatMap(({ value, start }) =>
        objectsIn(value).map(() => ({ ...EMPTY, type: 'cloud', labels: [], position: positionOf(start) })),
      ),
    };
  });
}

const EMPTY = { attributes: new Map(), blocks: [] };

const named =
  (wanted: string) =>
  ({ name }: JsonMember) =>
    name === wanted;

const bodies = ({ value }: JsonMember) => membersOf(value);

const membersOf = (node: JsonNode) => objectsIn(node).flatMap(({ members }) => members);

function objectsIn(node: JsonNode): Extract<JsonNode, { kind: 'object' }>[] {
  if (node.kind === 'object') return [node];
  if (node.kind === 'array') return node.items.flatMap(objectsIn);
  if (node.kind === 'null') return [];
  throw new HclError(node.start, 'An object, or a list of objects, is required here.');
}

/** The names in a `backend` are the labels of blocks. */
function backendsIn({ value }: JsonMember, positionOf: (offset: number) => Position): HclBlock[] {
  return membersOf(value)
    .filter(({ name }) => name !== COMMENT)
    .flatMap(({ name, start, value: body }) =>
      objectsIn(body).map(({ members }) => ({
        ...EMPTY,
        type: 'backend',
        labels: [name],
        position: positionOf(start),
        attributes: argumentsOf(members, positionOf),
      })),
    );
}
