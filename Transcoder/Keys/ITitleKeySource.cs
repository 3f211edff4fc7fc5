using FlickStream.Platform.Contracts;

namespace FlickStream.Transcoder.Keys;

/// <summary>Where content keys come from.</summary>
internal interface ITitleKeySource
{
    /// <summary>The keys are given to players by nobody but a licence server.</summary>
    bool IsLicensed { get; }

    /// <summary>A key for each that is wanted. Asking again gives the same keys, or keys that were never used.</summary>
    /// <exception cref="KeysUnavailableException">There are none now; asking later may help.</exception>
    Task<IReadOnlyList<ContentKey>> MakeAsync(string contentId, IReadOnlyList<WantedKey> wanted, CancellationToken cancellationToken);
}

/// <param name="Use">What it will open.</param>
/// <param name="KeyId">KID.</param>
/// <param name="Iv">16 bytes, constant.</param>
/// <param name="MinPixels">Of the smallest picture it will open; 0 for sound.</param>
/// <param name="MaxPixels">Of the largest.</param>
internal sealed record WantedKey(KeyUse Use, Guid KeyId, byte[] Iv, long MinPixels, long MaxPixels);

/// <param name="Wanted">What was asked for.</param>
/// <param name="Iv">As wanted, or what the source insists on.</param>
/// <param name="Secret">16 bytes.</param>
/// <param name="Systems">See <see cref="TitleKey"/>.</param>
internal sealed record ContentKey(WantedKey Wanted, byte[] Iv, byte[] Secret, IReadOnlyList<DrmSignal> Systems);

/// <summary>No content keys can be had at the moment.</summary>
internal sealed class KeysUnavailableException(string sentence, Exception? cause = null) : Exception(sentence, cause);
