import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { TOPICS } from '../src/config/attributes.js';

const [TERRAFORM_PART = '', LOKOMOTIVE_PART = ''] = readFileSync('docs/from-older-names.md', 'utf8').split(
  '\n## Lokomotive',
);

const seed = (name: string) => readFileSync(`__tests__/data/seeds/${name}.txt`, 'utf8');

/** What a document calls by a name: code, options, arguments, variables, permissions, and what it links to. */
const NAMES: readonly RegExp[] = [
  /(?<!`)`([^`\n]+)`/g,
  /(?<![\w-])(--?[a-z][a-z-]+(?:=s3)?)/g,
  /^\s*"?([a-z_]+)\s*= /gm,
  /"([a-z_]+)=/g,
  /\b(AWS_[A-Z_]+)\b/g,
  /\b(backend\.s3(?:\.\w+)?)/g,
  /\b((?:s3|dynamodb):[A-Z]\w+)/g,
  /([\w]*\.lokocfg)\b/g,
  /(~\/\.\w+\/\w+)/g,
  /\[([^\]\n]+)\]\(http/g,
  /\b(terraform remote config|terraform_remote_state|aws s3 mb|aws dynamodb create-table|LockID|lokoctl)\b/g,
];

const namesIn = (text: string) =>
  [...new Set(NAMES.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name)))].sort();

/** The rows of the tables, each as its cells. */
const rowsOf = (part: string) =>
  [...part.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split(/ ?\| ?/)).slice(2);

const SEEDS = [
  {
    document: 'terraform remote config',
    part: TERRAFORM_PART,
    text: seed('terraform-remote-config-s3'),
    known: [
      ...['-backend-config', '-backend=s3', 'AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_S3_ENDPOINT'],
      ...['AWS_SECRET_ACCESS_KEY', 'AWS_SECURITY_TOKEN', 'Amazon S3', 'Bucket Versioning', 'Canned ACL'],
      ...['access_key', 'acl', 'bucket', 'encrypt', 'endpoint', 'key', 'kms_key_id', 'profile', 'region'],
      ...['secret_key', 'server side encryption', 'shared_credentials_file', 'terraform remote config'],
      ...['terraform_remote_state', 'token', '~/.aws/credentials'],
    ],
    notes: [['Passing credentials directly via config options', 'credentials in options are kept in clear']],
    // Arguments of the terraform_remote_state, which has a row of its own.
    within: ['backend'],
  },
  {
    document: 'the S3 backend of Lokomotive',
    part: LOKOMOTIVE_PART,
    text: seed('lokomotive-s3'),
    known: [
      ...['--attribute-definitions', '--key-schema', '--region', '--table-name', '.lokocfg', 'LockID'],
      ...['aws dynamodb create-table', 'aws s3 mb', 'backend.s3', 'backend.s3.aws_creds_path'],
      ...['backend.s3.bucket', 'backend.s3.dynamodb_table', 'backend.s3.key', 'backend.s3.region', 'lokoctl'],
      ...['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3_backend.lokocfg'],
    ],
    notes: [
      ['lokoctl does not support multiple backends', 'more than one backend'],
      [
        'If no backend configuration is provided then local backend is used',
        'no backend, or `backend "local"`',
      ],
      ['either pass them as environment variables', 'credentials as environment variables'],
      // The actions of this statement are lost in our copy.
      ['arn:aws:dynamodb:*:*:table/', '`dynamodb:GetItem`, `dynamodb:PutItem`, `dynamodb:DeleteItem`'],
    ],
    // As they stand in the example; each is a row by its whole name, as in backend.s3.key.
    within: ['aws_creds_path', 'bucket', 'dynamodb_table', 'key', 'region'],
  },
];

describe.each(SEEDS)(
  'docs/from-older-names.md leads on from $document',
  ({ part, text, known, notes, within }) => {
    test('all names of that document are known to this test', () => {
      expect(namesIn(text)).toEqual([...known, ...within].sort());
    });

    test.each(known)('%s', (name) => {
      const rows = rowsOf(part).filter(([then = '']) =>
        name.includes(' ') ? then.toLowerCase().includes(name.toLowerCase()) : then.includes(`\`${name}\``),
      );
      expect(rows).toHaveLength(1);
    });

    test.each(notes)('%s', (note, row) => {
      expect(text.replaceAll(/\s+/g, ' ')).toContain(note);
      expect(rowsOf(part).map(([then]) => then)).toContain(row);
    });

    const inputs = TOPICS.flatMap(({ inputs }) => Object.keys(inputs));
    const sameNamed = known.filter((name) => inputs.includes(name.replace('backend.s3.', '')));
    test.each(sameNamed)('%s is the input of that name', (name) => {
      const [row] = rowsOf(part).filter(([then = '']) => then.includes(`\`${name}\``));
      const input = name.replace('backend.s3.', '');
      expect(row?.[1]).toBe(`[\`${input}\`](configuration.md#${input})`);
    });

    test('every row says something', () => {
      for (const [then, , meaning] of rowsOf(part))
        expect([then, meaning]).toEqual([then, expect.stringMatching(/\w.*\.$/)]);
    });
  },
);
