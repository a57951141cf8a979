import { startEmbedded, startMotoAndDynamodbLocal } from '../../testing/interop-servers.js';
import { describeClient } from './client-interop.js';

const embedded = { name: 'the embedded servers', tools: [], start: startEmbedded };

describeClient({ client: 'terraform', lock: 'dynamodb', servers: embedded });
describeClient({ client: 'terraform', lock: 'lockfile', servers: embedded });
describeClient({ client: 'terraform', lock: 'both', servers: embedded });
describeClient({
  client: 'terraform',
  lock: 'both',
  servers: {
    name: 'moto and DynamoDB Local',
    tools: ['moto_python', 'dynamodb_local', 'java'],
    start: startMotoAndDynamodbLocal,
  },
});
