using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.S3;

namespace FlickStream.Aws;

/// <summary>What the services must be told, as outputs whose descriptions are the options' environment variables.</summary>
internal sealed class OptionOutputs(Stack stack)
{
    public void Write(StackSettings settings, Bucket bucket, SigningKeys keys, Distribution distribution)
    {
        Add("Platform__Blobs", "S3");
        Add("Platform__S3__Bucket", bucket.BucketName);
        Add("Platform__S3__Region", stack.Region);
        Add("Origin__PublicUrl", $"https://{settings.Domain}");
        Add("Delivery__Adapter", "CloudFront");
        Add("Delivery__CloudFront__BaseUrl", $"https://{settings.Domain}");
        Add("Delivery__CloudFront__DistributionId", distribution.DistributionId);
        for (var i = 0; i < keys.Keys.Count; i++) Add($"Delivery__CloudFront__Keys__{i}__KeyPairId", keys.Keys[i].PublicKeyId);

        // Not an option: where the domain's DNS record must point.
        _ = new CfnOutput(stack, "DomainTarget", new CfnOutputProps { Value = distribution.DistributionDomainName });
    }

    private void Add(string option, string value) =>
        _ = new CfnOutput(stack, option.Replace("_", "", StringComparison.Ordinal), new CfnOutputProps { Value = value, Description = option });
}
