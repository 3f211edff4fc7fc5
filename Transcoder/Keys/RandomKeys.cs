using System.Security.Cryptography;

namespace FlickStream.Transcoder.Keys;

/// <summary>Keys of our own, which Origin hands out.</summary>
internal sealed class RandomKeys : ITitleKeySource
{
    public bool IsLicensed => false;

    public Task<IReadOnlyList<ContentKey>> MakeAsync(
        string contentId, IReadOnlyList<WantedKey> wanted, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ContentKey>>([.. wanted.Select(w => new ContentKey(w, w.Iv, RandomNumberGenerator.GetBytes(16), []))]);
}
