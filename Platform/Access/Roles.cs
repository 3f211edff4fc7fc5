namespace FlickStream.Platform.Access;

/// <summary>What a person is here. Each may do what the ones before it may.</summary>
public static class Roles
{
    /// <summary>Watches.</summary>
    public const string Viewer = "viewer";

    /// <summary>Brings masters and titles for an organisation.</summary>
    public const string Studio = "studio";

    /// <summary>Runs the site.</summary>
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Viewer, Studio, Admin];

    /// <summary>The scopes of a person's session, as an API key would have them.</summary>
    public static IReadOnlyList<string> ScopesOf(string role) => role switch
    {
        Admin => [Scopes.Admin],
        Studio => Scopes.OfStudios,
        _ => [],
    };
}
