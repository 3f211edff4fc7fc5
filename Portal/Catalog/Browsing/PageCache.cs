using System.Security.Cryptography;
using System.Text.Json;
using FlickStream.Platform.Cache;
using FlickStream.Platform.Json;
using Microsoft.Net.Http.Headers;

namespace FlickStream.Portal.Catalog.Browsing;

/// <param name="Json">UTF-8.</param>
/// <param name="Tag">Of its bytes.</param>
internal sealed record CachedPage(byte[] Json, EntityTagHeaderValue Tag)
{
    public static CachedPage Of<T>(T answer)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, PlatformJson.Options);
        return new(json, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 12))}\""));
    }
}

/// <summary>Answers as bytes, of which those that are asked for stay. None may outlive what it tells: the cache goes with it, or keys name it.</summary>
/// <param name="mostBytes">Of all that is kept.</param>
internal sealed class PageCache(long mostBytes)
{
    private const int LongestOther = 300;
    private const int EntryBytes = 100;

    private readonly Recent<string, CachedPage> _pages = new(mostBytes, StringComparer.Ordinal);

    public CachedPage? Find(string key) => _pages.Find(key);

    public CachedPage Keep(string key, CachedPage page) => Keep(key, page, page.Json.Length + EntryBytes);

    /// <summary>By another key, where it is not one that could be anything.</summary>
    public void KeepToo(string key, CachedPage page)
    {
        if (key.Length <= LongestOther) Keep(key, page, EntryBytes);
    }

    private CachedPage Keep(string key, CachedPage page, int bytes) => _pages.Keep(key, page, bytes + (sizeof(char) * key.Length));
}
