using FlickStream.Transcoder.Keys.Studio;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Keys;

internal static class KeyServices
{
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddOptions<KeyServerOptions>().BindConfiguration(KeyServerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyServerOptions>, KeyServerOptionsCheck>();
        services.AddKeyServerClient();
        services.AddSingleton<TitleKeyStore>();
        services.AddSingleton<ITitleKeySource>(provider => provider.GetRequiredService<IOptions<KeyServerOptions>>().Value.Url is null
            ? new RandomKeys()
            : ActivatorUtilities.CreateInstance<KeyServer>(provider));
    }
}
