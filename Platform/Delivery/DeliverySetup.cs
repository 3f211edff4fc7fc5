using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using FlickStream.Platform.Delivery.CloudFront;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Delivery;

/// <summary>The one place that chooses how media reach players.</summary>
public static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateOnStart();
        services.AddOptions<CloudFrontOptions>().BindConfiguration(CloudFrontOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<CloudFrontOptions>, CloudFrontOptionsCheck>();
        services.AddHttpClient(CloudFrontInvalidation.Client, client => client.Timeout = TimeSpan.FromSeconds(30));
        services.AddSingleton<CloudFrontInvalidation>();
        services.TryAddSingleton(_ => FindCredentials());
        return services.AddSingleton<IDelivery>(provider => provider.GetRequiredService<IOptions<DeliveryOptions>>().Value.Adapter switch
        {
            DeliveryAdapter.Direct => new DirectDelivery(),
            DeliveryAdapter.CloudFront => ActivatorUtilities.CreateInstance<CloudFrontDelivery>(provider),
            var unknown => throw new InvalidOperationException($"There is no adapter {unknown}."),
        });
    }

    /// <summary>Where every program on AWS finds them: environment, web identity, profile, container or instance.</summary>
    private static AWSCredentials FindCredentials()
    {
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (AmazonClientException e)
        {
            const string Sentence = "Delivery:Adapter is CloudFront, which needs AWS credentials for its invalidations. Give this service a "
                + "role, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
            throw new OptionsValidationException(DeliveryOptions.Section, typeof(DeliveryOptions), [$"{Sentence} {e.Message}"]);
        }
    }
}
