using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Again;

/// <summary>All that a grant lets a player fetch.</summary>
internal static partial class Title
{
    /// <summary>SHA-256 by name of every playlist, segment and picture, whatever server the grant was made by.</summary>
    public static async Task<SortedDictionary<string, string>> AllAsync(HttpClient client, Studio.Grant grant, CancellationToken cancellationToken)
    {
        var root = new Uri(new Uri(client.BaseAddress!, new Uri(grant.Hls).PathAndQuery), ".");
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var names = new Queue<string>(["master.m3u8", "thumbnails.vtt", "poster.jpg"]);
        while (names.TryDequeue(out var name))
        {
            if (all.ContainsKey(name)) continue;
            var bytes = await client.GetByteArrayAsync(new Uri(root, name), cancellationToken);
            all[name] = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (Path.GetExtension(name) is not (".m3u8" or ".vtt")) continue;
            var folder = name[..(name.LastIndexOf('/') + 1)];
            foreach (Match match in Names().Matches(System.Text.Encoding.UTF8.GetString(bytes))) names.Enqueue(folder + match.Value);
        }

        return all;
    }

    [GeneratedRegex(@"[\w/-]+\.(m3u8|m4s|mp4|jpg)")]
    private static partial Regex Names();
}
