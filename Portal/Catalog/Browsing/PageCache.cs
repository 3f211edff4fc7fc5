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

/// <summary>Answers as bytes, of which those that are asked for stay. None may outlive what it tells: the cache goes with it, or keys name it.</summary>
/// <param name="mostBytes">Of all that is kept.</param>
internal sealed class PageCache(long mostBytes)
{
    private const int LongestOther = 300;
    private const int EntryBytes = 100;

    private readonly Lock _lock = new();

    // Two halves: once the young one is full the old one goes, with what nobody asked for since.
    private ConcurrentDictionary<string, CachedPage> _young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, CachedPage> _old = new(StringComparer.Ordinal);
    private long _youngBytes;

    public CachedPage? Find(string key)
    {
        if (Volatile.Read(ref _young).TryGetValue(key, out var page)) return page;
        return Volatile.Read(ref _old).TryGetValue(key, out page) ? Keep(key, page) : null;
    }

    public CachedPage Keep(string key, CachedPage page) => Keep(key, page, page.Json.Length + EntryBytes);

    /// <summary>By another key, where it is not one that could be anything.</summary>
    public void KeepToo(string key, CachedPage page)
    {
        if (key.Length <= LongestOther) Keep(key, page, EntryBytes);
    }

    private CachedPage Keep(string key, CachedPage page, int bytes)
    {
        lock (_lock)
        {
            if (!_young.TryAdd(key, page)) return page;
            _youngBytes += bytes + (sizeof(char) * key.Length);
            if (_youngBytes <= mostBytes / 2) return page;
            Volatile.Write(ref _old, _young);
            Volatile.Write(ref _young, new(StringComparer.Ordinal));
            _youngBytes = 0;
            return page;
        }
    }
}
