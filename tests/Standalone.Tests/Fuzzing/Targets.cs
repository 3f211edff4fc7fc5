namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>What a hostile master would like to be shown, and nothing may open.</summary>
/// <param name="Media">A film beside the data folder.</param>
/// <param name="Text">A secret in words.</param>
/// <param name="Master">Another studio's master, in the data folder.</param>
/// <param name="Url">A server of this machine.</param>
internal sealed record Targets(string Media, string Text, string Master, string Url)
{
    public string Any(Random random) => random.Next(4) switch { 0 => Media, 1 => Text, 2 => Master, _ => Url };
}
