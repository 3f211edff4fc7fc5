using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
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

/// <summary>Answers as bytes. It goes with the view that they were made of, so that none outlives what it tells.</summary>
internal sealed class PageCache
{
    private const long MostBytes = 64 << 20;
    private const int LongestOther = 300;
    private const int EntryBytes = 100;

    private readonly ConcurrentDictionary<string, CachedPage> _pages = new(StringComparer.Ordinal);
    private long _bytes;

    public CachedPage? Find(string key) => _pages.GetValueOrDefault(key);

    public CachedPage Keep(string key, CachedPage page) => Keep(key, page, page.Json.Length);

    /// <summary>By another key, where it is not one that could be anything.</summary>
    public void KeepToo(string key, CachedPage page)
    {
        if (key.Length <= LongestOther) Keep(key, page, EntryBytes);
    }

    private CachedPage Keep(string key, CachedPage page, int bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes + (2 * key.Length)) > MostBytes)
        {
            _pages.Clear();
            Interlocked.Exchange(ref _bytes, 0);
        }

        _pages[key] = page;
        return page;
    }
}
