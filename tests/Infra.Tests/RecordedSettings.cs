using Microsoft.Extensions.Configuration;

namespace FlickStream.Infra.Tests;

/// <summary>Settings that remember who asked for them, so that one which no option has can be told.</summary>
internal sealed class RecordedSettings(IReadOnlyDictionary<string, string> environment) : ConfigurationProvider, IConfigurationSource
{
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By the names of environment variables.</summary>
    public IEnumerable<string> NeverAskedFor => environment.Keys.Where(name => !_asked.Contains(KeyOf(name)));

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    public override void Load() =>
        Data = environment.ToDictionary(e => KeyOf(e.Key), e => (string?)e.Value, StringComparer.OrdinalIgnoreCase);

    public override bool TryGet(string key, out string? value)
    {
        _asked.Add(key);
        return base.TryGet(key, out value);
    }

    private static string KeyOf(string name) => name.Replace("__", ":", StringComparison.Ordinal);
}
