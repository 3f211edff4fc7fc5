using System.Collections.Concurrent;
using System.Globalization;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Browsing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Search;

/// <summary>
/// Answers to what is searched, as they are sent. What is kept is answered at once. What is not is found once, however many ask for the same meanwhile,
/// and no more at a time than there are cores: more side by side take no less time together, and each much longer.
/// </summary>
/// <param name="mostBytes">Of what is kept, for all regions together. Strangers can ask for any number of answers, so that none of a view's pages goes for them.</param>
/// <param name="mostWaiting">Questions that are not answered yet. Strangers can ask for any number of these too; who asks beyond them is told to come again.</param>
internal sealed class SearchAnswers(long mostBytes, int mostWaiting) : IDisposable
{
    public const long UsualBytes = 32 << 20;

    /// <summary>Half a second of two cores, where each takes three milliseconds.</summary>
    public const int UsualWaiting = 300;

    public static readonly Problem Busy = new("search_busy", 503, "Too much is searched at this moment. Try again in as many seconds as Retry-After says.");

    private readonly PageCache _kept = new(mostBytes);
    private readonly SemaphoreSlim _cores = new(Environment.ProcessorCount);
    private readonly ConcurrentDictionary<string, Task<CachedPage?>> _finding = new(StringComparer.Ordinal);
    private int _waiting;

    /// <param name="state">What is searched. It must stay until the task ends, as what <paramref name="find"/> uses.</param>
    /// <param name="view">Of whom it is shown to.</param>
    /// <param name="question">All else that the answer depends on.</param>
    /// <param name="find">The answer.</param>
    /// <param name="http">Of who asks.</param>
    public async ValueTask<Results<CachedPageResult, ProblemHttpResult>> OfAsync(SearchState state, CatalogView view, string question, Func<CachedPage> find, HttpContext http)
    {
        if (await OfAsync(string.Create(CultureInfo.InvariantCulture, $"{state.Number} {view.Number}\n{question}"), find) is { } page)
            return CatalogPages.Answer(http, page);
        http.Response.Headers.RetryAfter = "1";
        return Busy.ToResult();
    }

    /// <param name="key">All that the answer depends on.</param>
    /// <param name="find">The answer.</param>
    /// <returns>Null where too many wait.</returns>
    public async ValueTask<CachedPage?> OfAsync(string key, Func<CachedPage> find)
    {
        if (_kept.Find(key) is { } known) return known;
        var mine = new TaskCompletionSource<CachedPage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _finding.GetOrAdd(key, mine.Task);
        if (first == mine.Task) await FindAsync(key, find, mine);
        return await first;
    }

    public void Dispose() => _cores.Dispose();

    private async Task FindAsync(string key, Func<CachedPage> find, TaskCompletionSource<CachedPage?> found)
    {
        if (Interlocked.Increment(ref _waiting) > mostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            _finding.TryRemove(key, out _);
            found.SetResult(null);
            return;
        }

        // Not by the request's own end: others may wait for it too.
        await _cores.WaitAsync(CancellationToken.None);
        try
        {
            // Somebody may have found it between the first look and the second.
            found.SetResult(_kept.Find(key) ?? _kept.Keep(key, find()));
        }
        catch (Exception fault)
        {
            found.SetException(fault);
        }
        finally
        {
            _finding.TryRemove(key, out _);
            _cores.Release();
            Interlocked.Decrement(ref _waiting);
        }
    }
}
