/**
 * `npm run servers`: the embedded servers, with the bucket `state` and the lock table `locks`, until it is
 * interrupted. In a workflow the later steps find them in the environment.
 */

import { appendFileSync } from 'node:fs';
import { startServers } from '../testing/environment.js';

const { s3, dynamodb } = await startServers();
const variables = `LOCKKEEPER_S3_ENDPOINT=${s3.endpoint}\nLOCKKEEPER_DYNAMODB_ENDPOINT=${dynamodb.endpoint}\n`;
process.stdout.write(variables);
if (process.env['GITHUB_ENV']) appendFileSync(process.env['GITHUB_ENV'], variables);
