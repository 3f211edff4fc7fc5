namespace FlickStream.Portal.Profiles;

/// <summary>What a slice keeps of a profile, which goes with it.</summary>
internal interface IProfileData
{
    /// <summary>Removes everything. May be called again after it failed half way.</summary>
    Task DeleteProfileAsync(string accountId, string profileId, CancellationToken cancellationToken);
}
