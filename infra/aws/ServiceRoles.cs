using Amazon.CDK;
using Amazon.CDK.AWS.CloudFront;
using Amazon.CDK.AWS.EKS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace FlickStream.Aws;

/// <summary>
/// One role a service, which only the pods of its service account can take, with what its code does and no more. Every service looks
/// whether the bucket is there when it starts; those that use it ask for an absent key while they run, and S3 says that a key is absent only
/// to who may read it and list the bucket.
/// </summary>
internal sealed class ServiceRoles : Construct
{
    private readonly StackSettings _settings;
    private readonly Bucket _bucket;

    public ServiceRoles(Construct scope, StackSettings settings, Bucket bucket, Distribution distribution)
        : base(scope, "Roles")
    {
        (_settings, _bucket) = (settings, bucket);

        // Takes masters in by parts, reads them to inspect them, deletes what a deleted asset left, and ends the writes of workers that were
        // killed.
        MakeRole(
            "ingest",
            AskWhetherReady(),
            Allow("s3:ListBucketMultipartUploads"),
            AllowIn(
                [Storage.MastersFolder, Storage.TailsFolder + Storage.MastersFolder],
                "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
            AllowIn([Storage.MediaFolder], "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"));

        // Reads masters, writes media, deletes nothing.
        MakeRole(
            "transcoder",
            AskWhetherReady(),
            AllowIn([Storage.MastersFolder], "s3:GetObject"),
            AllowIn([Storage.MediaFolder], "s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"));

        // Has the edges forget deleted titles. Media it reads only where it sends them itself or signs links to them (Delivery:Adapter=Direct),
        // which an operator may switch to in an outage of the edges; manifests are made of documents alone.
        MakeRole("origin", AskWhetherReady(), AllowIn([Storage.MediaFolder], "s3:GetObject"), new PolicyStatement(new PolicyStatementProps
        {
            Actions = ["cloudfront:CreateInvalidation"],
            Resources = [Stack.Of(this).FormatArn(new ArnComponents
            {
                Service = "cloudfront", Region = "", Resource = "distribution", ResourceName = distribution.DistributionId,
            })],
        }));

        MakeRole("portal");
    }

    private void MakeRole(string service, params PolicyStatement[] statements)
    {
        var stack = Stack.Of(this);
        var role = new Role(this, char.ToUpperInvariant(service[0]) + service[1..], new RoleProps
        {
            Description = $"FlickStream {service}",
            AssumedBy = new SessionTagsPrincipal(new ServicePrincipal("pods.eks.amazonaws.com", new ServicePrincipalOpts
            {
                Conditions = new Dictionary<string, object>
                {
                    ["StringEquals"] = new Dictionary<string, object>
                    {
                        ["aws:SourceAccount"] = stack.Account,
                        ["aws:RequestTag/eks-cluster-name"] = _settings.Cluster,
                        ["aws:RequestTag/kubernetes-namespace"] = _settings.Namespace,
                        ["aws:RequestTag/kubernetes-service-account"] = service,
                    },
                },
            })),
        });
        role.AddToPolicy(Allow("s3:ListBucket"));
        foreach (var statement in statements) role.AddToPolicy(statement);
        _ = new CfnPodIdentityAssociation(this, $"{service}-pods", new CfnPodIdentityAssociationProps
        {
            ClusterName = _settings.Cluster,
            Namespace = _settings.Namespace,
            ServiceAccount = service,
            RoleArn = role.RoleArn,
        });
    }

    private PolicyStatement AskWhetherReady() =>
        new(new PolicyStatementProps { Actions = ["s3:GetObject"], Resources = [_bucket.ArnForObjects(Storage.AbsentKey)] });

    private PolicyStatement Allow(string action) => new(new PolicyStatementProps { Actions = [action], Resources = [_bucket.BucketArn] });

    private PolicyStatement AllowIn(string[] folders, params string[] actions) =>
        new(new PolicyStatementProps { Actions = actions, Resources = [.. folders.Select(folder => _bucket.ArnForObjects($"{folder}*"))] });
}
