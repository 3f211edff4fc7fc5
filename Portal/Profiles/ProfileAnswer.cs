namespace FlickStream.Portal.Profiles;

/// <param name="HasPin">Whether it is entered by a PIN.</param>
/// <param name="IsActing">Whether the session that asks acts as it.</param>
/// <param name="Revision">Of its content; its ETag is <c>"r3"</c> for 3.</param>
internal sealed record ProfileAnswer(string Id, bool HasPin, bool IsActing, DateTimeOffset CreatedAt, long Revision, ProfileContent Content)
{
    public static ProfileAnswer Of(Profile profile, string? acting) =>
        new(profile.Id, profile.PinHash is not null, profile.Id == acting, profile.CreatedAt, profile.Revision, profile.Content);
}

/// <param name="Most">How many the account may have.</param>
internal sealed record ProfileList(IReadOnlyList<ProfileAnswer> Items, int Most);
