import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { machineFiles } from '../../src/actions/config-files.js';
import { type Lokocfg, readLokocfg } from '../../src/config/sources/lokocfg/lokocfg.js';
import { mutated, seededRandom } from '../../testing/hcl-mutations.js';
import { type HclOracle, startHclOracle } from '../../testing/hcl-oracle.js';
import { describeWithTools } from '../../testing/interop-tools.js';
import { cluster, installLokoctl, type Lokoctl, type LokoctlAnswer } from '../../testing/lokoctl.js';
import { HOME_MARK, LOKOCFG_CASES } from '../config/sources/lokocfg/cases.js';

const MUTANTS = 300;

/** What we refuse and `lokoctl` does not. */
const OURS_ALONE =
  /must have no double quote|Lockkeeper works out no such value|with one argument|no text in UTF-8/;

/** Behind the files of a case, so that positions in those are the same. */
const CLUSTER_FILE = 'z.lokocfg';

describeWithTools('our reader of .lokocfg and lokoctl', ['lokoctl', 'hcl_oracle'], () => {
  let root = '';
  let lokoctl: Lokoctl;
  let oracle: HclOracle;
  let [folder, home] = ['', ''];
  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'lockkeeper-lokoctl-')));
    lokoctl = await installLokoctl(join(root, 'bin'));
    oracle = startHclOracle();
  });
  afterAll(async () => {
    oracle?.close();
    await rm(root, { recursive: true, force: true });
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(root, 'folder-'));
    home = await mkdtemp(join(root, 'home-'));
  });
  afterEach(async () => {
    for (const path of [folder, home]) await rm(path, { recursive: true, force: true });
  });

  async function write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const path = name.startsWith('~') ? name.replace('~', home) : join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }

  /** What Terraform would take from what `lokoctl` has written, by the names of inputs. */
  async function theirOutcome(answer: LokoctlAnswer): Promise<unknown> {
    if (answer.kind === 'refused') return 'refused';
    if (answer.backend === undefined) return 'no backend';
    const { body, errors } = await oracle.ask('body', answer.backend);
    const block = body?.blocks[0]?.blocks[0];
    if (block === undefined) return errors;
    if (block.labels[0] !== 's3') return 'local';
    const texts = block.attributes.map(({ name, value }): [string, unknown] => [
      name.replace('shared_credentials_file', 'aws_creds_path'),
      (value as { string?: string } | undefined)?.string,
    ]);
    return Object.fromEntries(texts.filter(([, text]) => text !== ''));
  }

  test.each(LOKOCFG_CASES)('$title', async ({ files, outcome }) => {
    await write({ ...files, [CLUSTER_FILE]: cluster('"assets"') });
    const theirs = await theirOutcome(await lokoctl.run(folder, home));
    const ours = await read();
    switch (outcome) {
      case 'refused':
        expect([theirs, ours.kind]).toEqual(['refused', 'refused']);
        break;
      case 'unwritable':
        // Accepted, and then no configuration of Terraform, or another one.
        expect(theirs).not.toBe('refused');
        expect(theirs).not.toEqual(expect.objectContaining({ bucket: 'b', key: expect.any(String) }));
        expect(ours.kind).toBe('refused');
        break;
      case 'none':
      case 'local':
        expect(['local', 'no backend']).toContainEqual(theirs);
        expect(ours.kind).toBe(outcome);
        break;
      default:
        expect(theirs).toEqual(
          Object.fromEntries(
            Object.entries(outcome).map(([name, text]) => [name, text.replace(HOME_MARK, home)]),
          ),
        );
        expect(textsOf(ours)).toEqual(theirs);
    }
  });

  test.each([
    '"assets"',
    '"../assets/"',
    '"~/assets"',
    'pathexpand("~")',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.
    '"${var.name}/assets"',
  ])('Terraform runs where we say if asset_dir is %s', async (assetDir) => {
    await write({ [CLUSTER_FILE]: `variable "name" { default = "demo" }\n${cluster(assetDir)}` });
    const answer = await lokoctl.run(folder, home);
    if (answer.kind === 'refused') throw new Error(answer.output);
    expect(await read()).toMatchObject({ kind: 'none', workingFolder: answer.workingFolder });
  });

  test('a backend that is no longer in the files stays where Terraform runs', async () => {
    const backend = 'backend "s3" {\n  bucket = "b"\n  key = "k"\n}\n';
    await write({ 'a.lokocfg': backend, [CLUSTER_FILE]: cluster('"assets"') });
    await lokoctl.run(folder, home);
    await write({ 'a.lokocfg': '' });
    expect(await theirOutcome(await lokoctl.run(folder, home))).toEqual({ bucket: 'b', key: 'k' });
    expect((await read()).kind).toBe('none');
  });

  test(`agree on ${MUTANTS} mutated folders`, async () => {
    const seeds = LOKOCFG_CASES.flatMap(({ files, outcome }) =>
      typeof outcome === 'object' ? [files['a.lokocfg'] ?? ''] : [],
    ).filter((text) => text !== '' && !text.includes('component'));
    const random = seededRandom(8);
    const counts = { same: 0, 'both refuse': 0, 'refused by us': 0 };
    await write({ [CLUSTER_FILE]: cluster('"assets"'), 'lokocfg.vars': 'two = "t"\n' });
    for (let done = 0; done < MUTANTS; done++) {
      const text = mutated(seeds[done % seeds.length] as string, seeds, random);
      await rm(join(folder, 'assets'), { recursive: true, force: true });
      await write({ 'a.lokocfg': text });
      const theirs = await theirOutcome(await lokoctl.run(folder, home));
      const ours = await read();
      const detail = `${JSON.stringify(text)}\nours: ${JSON.stringify(ours)}`;
      if (ours.kind !== 'refused') {
        const outcome = ours.kind === 's3' ? textsOf(ours) : theirs === 'local' ? 'local' : 'no backend';
        expect({ detail, outcome: theirs }).toEqual({ detail, outcome });
        counts.same += 1;
      } else if (theirs === 'refused') counts['both refuse'] += 1;
      else {
        const others = ours.problems.filter((problem) => !OURS_ALONE.test(problem));
        expect({ detail, others }).toEqual({ detail, others: [] });
        counts['refused by us'] += 1;
      }
    }
    expect(counts.same).toBeGreaterThan(MUTANTS / 30);
    expect(counts['both refuse']).toBeGreaterThan(MUTANTS / 2);
  });

  async function read(): Promise<Lokocfg> {
    const names = (await readdir(folder)).sort();
    const textFile = async (name: string) => ({
      path: name,
      text: await readFile(join(folder, name), 'utf8'),
    });
    const files = names.filter((name) => name.endsWith('.lokocfg'));
    return readLokocfg({
      folder,
      homeDir: home,
      files: await Promise.all(files.map(textFile)),
      vars: names.includes('lokocfg.vars') ? await textFile('lokocfg.vars') : undefined,
      readFile: machineFiles.read,
    });
  }
});

function textsOf(reading: Lokocfg): unknown {
  if (reading.kind !== 's3') return reading.kind;
  return Object.fromEntries(
    [...reading.attributes].map(([name, { value }]) => [name, value.kind === 'string' && value.text]),
  );
}
