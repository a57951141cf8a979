import { HeadBucketCommand, ListObjectsV2Command, type S3ClientConfig } from '@aws-sdk/client-s3';
import { outcome, type Probe, type ProbeContext } from './probe.js';

/** Who is let in. */
export const access: readonly Probe[] = [
  {
    name: 'a request signed with a wrong secret',
    expected: '403 SignatureDoesNotMatch',
    observe: async (context) => {
      const credentials = await context.client.config.credentials();
      return listAs(context, { credentials: { ...credentials, secretAccessKey: 'wrong' } });
    },
  },
  {
    name: 'a request signed by nobody known',
    expected: '403 InvalidAccessKeyId',
    observe: (context) =>
      listAs(context, { credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'wrong' } }),
  },
  {
    name: 'a request signed for a wrong region',
    expected: '400 AuthorizationHeaderMalformed',
    observe: (context) => listAs(context, { region: 'eu-north-1' }),
  },
  {
    name: 'a bucket is there for its owner',
    expected: '200',
    observe: ({ client, bucket }) => outcome(client.send(new HeadBucketCommand({ Bucket: bucket }))),
  },
];

function listAs(context: ProbeContext, differences: S3ClientConfig): Promise<string> {
  return outcome(context.connect(differences).send(new ListObjectsV2Command({ Bucket: context.bucket })));
}
