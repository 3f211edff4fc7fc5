using Amazon.CDK;
using Constructs;

namespace FlickStream.Aws;

/// <summary>What FlickStream needs of AWS beside the cluster that it runs in, and the options by which its services find it.</summary>
internal sealed class FlickStreamStack : Stack
{
    public FlickStreamStack(Construct scope, string id, StackSettings settings, StackProps? props = null)
        : base(scope, id, props)
    {
        var storage = new Storage(this, settings);
        var keys = new SigningKeys(this, settings.SigningKeys);
        var edge = new Edge(this, settings, storage.Bucket, keys.Group);
        _ = new ServiceRoles(this, settings, storage.Bucket, edge.Distribution);
        new OptionOutputs(this).Write(settings, storage.Bucket, keys, edge.Distribution);
    }
}
