import type { RecordedLock } from '../../../config/recorded-backend.js';
import { type Block, plain } from '../../../job/blocks.js';
import type { Unseen } from '../../../job/workspace.js';
import { Failure } from '../../../words/failure.js';
import type { Convicted, Judgement, Stranger } from './right-state.js';
import type { Difference, HeldState } from './state-fit.js';

/** What a judgement is to people. */
export interface RightStateWords {
  /** Of the summary as a whole: nothing better may stand over it. */
  readonly sign: '✅' | '⚠️' | '❌';
  /** Absent unless the step must fail. */
  readonly failure?: Failure;
  /** Sentences for the summary. */
  readonly summary: readonly string[];
  readonly log: readonly string[];
}

type Place = Pick<HeldState, 'bucket' | 'statePath'>;

/** A list in an error or a log is cut here: whoever reads on learns nothing new. */
const LONGEST_LIST = 10;

/** What main says of a state that is not there yet. */
export function noStateYet({ bucket, statePath }: Place): { title: string; message: string } {
  return {
    title: 'No state yet',
    message:
      `There is no state at s3://${bucket}/${statePath}. That is right for a first deployment. If this is none, ` +
      'bucket, key and workspace of this step are not what Terraform has, and the job holds a lock that nobody asks for.',
  };
}

export function rightStateWords(judgement: Judgement, ours: HeldState): RightStateWords {
  const { excused, older, unseen } = judgement;
  const { summary, ...rest } = verdictWords(judgement, ours);
  const onPurpose = excused.map(({ found, place }) =>
    place ? `s3://${place}` : `${found.file} (${typeOf(found)})`,
  );
  const listed =
    onPurpose.length > 0 ? [`Not held, on purpose (input "unheld"): ${onPurpose.join(', ')}.`] : [];
  const log = [...older.map(olderLine), ...unseen.map(unseenLine)];
  return { ...rest, summary: [...summary, ...listed], log: atMost(LONGEST_LIST, log) };
}

function verdictWords({ verdict, unseen }: Judgement, ours: HeldState): Omit<RightStateWords, 'log'> {
  const place = `s3://${ours.bucket}/${ours.statePath}`;
  switch (verdict.kind) {
    case 'convicted': {
      const failure = wrongState(verdict.strangers, ours);
      return { sign: '❌', failure, summary: [] };
    }
    case 'acquitted':
      return { sign: '✅', summary: [] };
    case 'no-state':
      return {
        sign: '⚠️',
        summary: [
          `There was no state at ${place} before this job, and there is none after it. If Terraform ran, it worked on ` +
            'another state: compare "bucket", "key" and "workspace" with its backend.',
        ],
      };
    case 'workspace-unchecked':
      return {
        sign: '✅',
        summary: [
          `Whether Terraform ran in the workspace "${ours.workspace}" could not be checked: ${verdict.file} fits, but a ` +
            "step's own TF_WORKSPACE leaves no trace, and the state did not change.",
        ],
      };
    case 'could-not-look':
      return {
        sign: '✅',
        summary: [
          `No Terraform was seen on this state, but not everything could be looked at: ${atMost(3, unseen.map(unseenLine)).join(' ')}`,
        ],
      };
    case 'nothing-seen':
      return {
        sign: '✅',
        summary: [
          verdict.change === 'unknown'
            ? 'No Terraform was seen on this state: no backend in the workspace leads to it, and whether it changed could not be read.'
            : 'No Terraform was seen on this state: it did not change, and no backend in the workspace leads to it.',
        ],
      };
  }
}

function wrongState(strangers: readonly Convicted[], ours: HeldState): Failure {
  const told = strangers.map((each) => `${STRANGERS[each.difference](each, ours)}${AGE[each.because]}`);
  const lines = [
    ...new Set(strangers.filter(canBeExcused).map(({ found, place }) => place ?? typeOf(found))),
  ];
  const unheld = lines.length > 0 ? ['unheld: |', ...lines.map((line) => `  ${line}`)] : [];
  const list = atMost(LONGEST_LIST, told);
  const details: readonly Block[] = [
    { kind: 'paragraph', text: LOCK_WAS_OFF },
    { kind: 'list', items: list.map((text) => plain(text)) },
    { kind: 'paragraph', text: CORRECT },
    ...(lines.length > 0 ? [{ kind: 'paragraph', text: ON_PURPOSE } as const] : []),
    { kind: 'code', language: 'yaml', lines: unheld.map((line) => plain(line)) },
  ];
  const wayOut = lines.length > 0 ? ['', ON_PURPOSE, ...unheld].join('\n') : '';
  return new Failure('Wrong state', `${LOCK_WAS_OFF}\n${list.join('\n')}\n${CORRECT}${wayOut}`, { details });
}

const LOCK_WAS_OFF =
  "Terraform's own lock was off in this job, and nothing kept others from a state that it could write:";
const CORRECT =
  'Have this step hold what Terraform works on, by "working_directory" or its other inputs, and look at what was applied before anybody goes on.';
const ON_PURPOSE =
  'What the job touches on purpose without holding it (applied before this step, or only read) goes into its inputs:';

/** Why a backend is not ours, a sentence of its own for each way. */
const STRANGERS: Readonly<Record<Difference, (stranger: Stranger, ours: HeldState) => string>> = {
  type: ({ found }) =>
    `${found.file} is a backend of type "${typeOf(found)}", whose lock this job does not hold.`,
  bucket: elsewhere,
  key: elsewhere,
  workspace: ({ found, place }, { bucket, statePath }) =>
    `${found.file} leads to s3://${place}, for a step selected the workspace "${found.selected?.workspace}". ` +
    `This job holds s3://${bucket}/${statePath}: "workspace" says which.`,
  endpoint: ({ found, place }, { s3Endpoint, dynamodbEndpoint }) =>
    `${found.file} leads to s3://${place} at ${endpointsOf(found)}. This job holds that path at ` +
    `${listOf([s3Endpoint, dynamodbEndpoint])}: "endpoint" and "dynamodb_endpoint" say which.`,
  table: ({ found, place }, { lock }) =>
    `${found.file} locks s3://${place} by ${lockWords(lockOf(found))}. This job holds it by ${lockWords(lock)}: ` +
    '"dynamodb_table" says which.',
  'lock-kind': ({ found, place }, { lock }) =>
    `${found.file} locks s3://${place} by ${lockWords(lockOf(found))}. This job holds it by ${lockWords(lock)}, which ` +
    'keeps nobody out who uses that backend: "dynamodb_table" and "use_lockfile" say which.',
  'lock-kind-of-other': ({ found, place }) =>
    `${found.file} locks s3://${place} by ${lockWords(lockOf(found))}. Another step of this job holds it by another kind ` +
    'of lock, which keeps nobody out who uses that backend: its inputs "dynamodb_table" and "use_lockfile" say which.',
};

function elsewhere({ found, place }: Stranger, { bucket, statePath }: HeldState): string {
  return `${found.file} leads to s3://${place}. This job holds s3://${bucket}/${statePath}.`;
}

const AGE: Readonly<Record<Convicted['because'], string>> = {
  'of-this-job': '',
  'in-working-directory': ' The file is older than the job, but lies in its working directory.',
  'only-trace':
    ' The file is older than the job, but nothing else was found that Terraform can have worked with.',
};

const canBeExcused = ({ difference }: Stranger) =>
  difference !== 'lock-kind' && difference !== 'table' && difference !== 'lock-kind-of-other';

function olderLine({ found, place }: Stranger): string {
  const target = place ? `s3://${place}` : `a backend of type "${typeOf(found)}"`;
  return `${found.file} is older than this job, and leads to ${target}: taken for what an earlier job left.`;
}

const UNSEEN: Readonly<Record<Unseen['reason'], (path: string) => string>> = {
  missing: (path) => `${path} is not there.`,
  unreadable: (path) => `${path} could not be read.`,
  link: (path) => `${path} is a link that leads out of the workspace, and was not followed.`,
  'too-large': (path) => `${path} is too large for a file that init writes, and was not read.`,
  'too-deep': (path) => `${path} lies too deep, and was not looked into.`,
  'too-many': (path) => `There are too many folders; ${path} and those after it were not looked into.`,
};

const unseenLine = ({ path, reason }: Unseen) => UNSEEN[reason](path);

function lockWords({ kind, table }: RecordedLock): string {
  switch (kind) {
    case 'none':
      return 'nothing';
    case 'dynamodb':
      return `the DynamoDB table "${table}"`;
    case 'lockfile':
      return 'a lockfile';
    case 'both':
      return `a lockfile and the DynamoDB table "${table}"`;
  }
}

const typeOf = ({ backend }: Stranger['found']) => (backend.kind === 'other' ? backend.type : 's3');
const lockOf = ({ backend }: Stranger['found']): RecordedLock =>
  backend.kind === 's3' ? backend.lock : { kind: 'none' };
const endpointsOf = ({ backend }: Stranger['found']) =>
  backend.kind === 's3' ? listOf([backend.s3Endpoint, backend.dynamodbEndpoint]) : '';
const listOf = (texts: readonly (string | undefined)[]) => texts.filter((text) => text).join(' and ');

function atMost(count: number, lines: readonly string[]): string[] {
  return lines.length <= count ? [...lines] : [...lines.slice(0, count), `And ${lines.length - count} more.`];
}
