using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Platform.Delivery;

/// <summary>The one place that chooses how media reach players.</summary>
public static class DeliverySetup
{
    public static IServiceCollection AddDelivery(this IServiceCollection services) =>
        services.AddSingleton<IDelivery, DirectDelivery>();
}
