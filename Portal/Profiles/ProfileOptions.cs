using System.ComponentModel.DataAnnotations;

namespace FlickStream.Portal.Profiles;

/// <summary>Section <c>Profiles</c>.</summary>
internal sealed class ProfileOptions
{
    /// <summary>Profiles of an account.</summary>
    [Range(1, 50)]
    public int PerAccount { get; init; } = 5;

    /// <summary>Wrong PINs for one profile in a quarter of an hour.</summary>
    [Range(1, 1000)]
    public int PinAttempts { get; init; } = 5;
}
