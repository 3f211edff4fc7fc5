using FlickStream.Platform.Documents;
using FlickStream.Platform.Redis;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.StackExchangeRedis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlickStream.Platform.Protection;

/// <summary>Where the framework keeps the keys of what it seals for browsers, which it would else write into the home folder of
/// whoever runs the process.</summary>
internal static class ProtectionKeys
{
    public const string ApplicationName = "FlickStream";

    public static void AddProtectionKeys(this IServiceCollection services)
    {
        // It warns at every first start that the keys are not encrypted; PlatformOptions says so once.
        services.AddLogging(logs => logs.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = RepositoryOf(provider, provider.GetRequiredService<IOptions<PlatformOptions>>().Value)));
    }

    /// <returns>Null: the framework chooses.</returns>
    private static IXmlRepository? RepositoryOf(IServiceProvider provider, PlatformOptions options) => options.ProtectionKeys switch
    {
        ProtectionKeysAdapter.Redis => InRedis(provider.GetRequiredService<RedisConnection>()),
        ProtectionKeysAdapter.Documents => new SealingKeyDocuments(provider.GetRequiredService<IDocuments>()),
        ProtectionKeysAdapter.DataFolder => options.Hosting == PlatformHosting.Apart ? null : InFolder(provider),
        var unknown => throw new InvalidOperationException($"There is no adapter {unknown}."),
    };

    private static RedisXmlRepository InRedis(RedisConnection redis) => new(() => redis.Database, redis.KeyOf("protection", "keys"));

    private static FileSystemXmlRepository InFolder(IServiceProvider provider) => new(
        Directory.CreateDirectory(provider.GetRequiredService<DataFolder>().In("protection-keys")),
        provider.GetRequiredService<ILoggerFactory>());
}
