// Invalidates with AWS's own client: node invalidate.mjs ENDPOINT DISTRIBUTION PATH REFERENCE
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';

const [endpoint, distribution, path, reference] = process.argv.slice(2);
const client = new CloudFrontClient({ endpoint, region: 'us-east-1' });
const { Invalidation } = await client.send(
  new CreateInvalidationCommand({
    DistributionId: distribution,
    InvalidationBatch: { Paths: { Quantity: 1, Items: [path] }, CallerReference: reference },
  }),
);
console.log(JSON.stringify(Invalidation.Id));
