import { describeWithTools } from '../../testing/interop-tools.js';
import { startMoto } from '../../testing/moto.js';
import { startVersitygw, VERSITYGW_CREDENTIALS } from '../../testing/versitygw.js';
import { describeS3Conformance } from '../contracts/s3-conformance.js';
import { motoDifferences, versitygwDifferences } from '../contracts/s3-known-differences.js';

const REGION = 'us-east-1';

describeWithTools('moto', ['moto_python'], () => {
  describeS3Conformance('moto', async () => {
    const { endpoint, close } = await startMoto();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    return { client: { endpoint, region: REGION, credentials }, knownDifferences: motoDifferences, close };
  });
});

describeWithTools('versitygw', ['versitygw'], () => {
  describeS3Conformance('versitygw', async () => {
    const { endpoint, close } = await startVersitygw();
    const client = { endpoint, region: REGION, credentials: VERSITYGW_CREDENTIALS };
    return { client, knownDifferences: versitygwDifferences, close };
  });
});
