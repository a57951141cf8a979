import {
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { type Probe, type ProbeContext, put } from './probe.js';

export const listings: readonly Probe[] = [
  {
    name: 'a listing has what starts with the prefix, with size and ETag',
    expected: 'a (5 bytes, ETag), a.tflock (4 bytes, ETag)',
    observe: async (context) => {
      const { key } = context;
      await put(context, 'state', { Key: `${key}/a` });
      await put(context, 'lock', { Key: `${key}/a.tflock` });
      await put(context, 'other', { Key: `${key}/b` });
      const { Contents = [] } = await list(context, { Prefix: `${key}/a` });
      return Contents.map(
        ({ Key = '', Size, ETag }) => `${Key.slice(key.length + 1)} (${Size} bytes${ETag ? ', ETag' : ''})`,
      ).join(', ');
    },
  },
  {
    name: 'a listing goes on by its continuation token',
    expected: 'a b | c d | e',
    observe: async (context) => {
      await putAll(context, ['a', 'b', 'c', 'd', 'e']);
      const pages: string[] = [];
      let token: string | undefined;
      do {
        const page = await list(context, { MaxKeys: 2, ...(token ? { ContinuationToken: token } : {}) });
        pages.push(keysIn(context, page));
        token = page.NextContinuationToken;
      } while (token);
      return pages.join(' | ');
    },
  },
  {
    name: 'a delimiter groups what lies deeper',
    expected: 'keys: top; prefixes: one/ two/',
    observe: async (context) => {
      await putAll(context, ['one/a', 'one/b', 'top', 'two/c']);
      return grouped(context, await list(context, { Delimiter: '/' }));
    },
  },
  {
    name: 'a group counts once on a page, and is not repeated on the next',
    expected: 'keys: ; prefixes: one/ | keys: top; prefixes: ',
    observe: async (context) => {
      await putAll(context, ['one/a', 'one/b', 'top']);
      const first = await list(context, { Delimiter: '/', MaxKeys: 1 });
      const ContinuationToken = first.NextContinuationToken ?? '';
      const second = await list(context, { Delimiter: '/', MaxKeys: 1, ContinuationToken });
      return `${grouped(context, first)} | ${grouped(context, second)}`;
    },
  },
  {
    name: 'start-after leaves out what comes before, and the key itself',
    expected: 'c d',
    observe: async (context) => {
      await putAll(context, ['a', 'b', 'c', 'd']);
      return keysIn(context, await list(context, { StartAfter: `${context.key}/b` }));
    },
  },
  {
    name: 'keys are sorted by their UTF-8 bytes',
    expected: 'B a-1 a/1 a1 é 𝛼',
    observe: async (context) => {
      await putAll(context, ['𝛼', 'é', 'a1', 'a/1', 'a-1', 'B']);
      return keysIn(context, await list(context, {}));
    },
  },
  {
    name: 'encoding-type=url',
    expected: 'env%3A/a%20b%2Bc',
    observe: async (context) => {
      await putAll(context, ['env:/a b+c']);
      // The encoded space is + or %20, as the server likes.
      return keysIn(context, await list(context, { EncodingType: 'url' })).replace('a+b', 'a%20b');
    },
  },
  {
    name: 'a prefix without objects',
    expected: '0 keys, truncated: false',
    observe: async (context) => {
      const { KeyCount, IsTruncated } = await list(context, {});
      return `${KeyCount} keys, truncated: ${IsTruncated}`;
    },
  },
];

async function putAll(context: ProbeContext, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => put(context, name, { Key: `${context.key}/${name}` })));
}

/** Lists what the probe wrote. */
function list({ client, bucket, key }: ProbeContext, input: Partial<ListObjectsV2CommandInput>) {
  return client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${key}/`, ...input }));
}

function keysIn({ key }: ProbeContext, { Contents = [] }: ListObjectsV2CommandOutput): string {
  return Contents.map((object) => object.Key?.slice(key.length + 1)).join(' ');
}

function grouped(context: ProbeContext, page: ListObjectsV2CommandOutput): string {
  const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix?.slice(context.key.length + 1));
  return `keys: ${keysIn(context, page)}; prefixes: ${prefixes.join(' ')}`;
}
