using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Standalone.Demo;

/// <summary>How far the demo data are. It is there where they were begun, which is where nothing else was; so whatever stops them, the next start goes
/// on.</summary>
[ImmutableObject(true)]
internal sealed record DemoState
{
    public const string Id = "demo";

    public static readonly DocumentSchema<DemoState> Schema = new("demo_states");

    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>The accounts' passwords were shown, which are known nowhere else.</summary>
    public bool AreAccountsTold { get; init; }

    /// <summary>The API key that clips are brought by; null while there is none.</summary>
    public string? KeyId { get; init; }

    public bool IsDone { get; init; }
}
