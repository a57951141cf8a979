import { startS3Double } from '../../testing/s3-double/index.js';
import { describeS3Conformance } from './s3-conformance.js';

describeS3Conformance('our S3 double', async () => {
  const double = await startS3Double();
  return {
    client: {
      endpoint: double.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    close: () => double.close(),
  };
});
