namespace FlickStream.Standalone.Tests.Masters;

/// <summary>The masters that studios and phones deliver, small and short, a file a family.</summary>
internal static partial class MasterTable
{
    private static readonly string[] X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "10", "-threads", "1"];
    private static readonly string[] Aac = ["-c:a", "aac"];

    // What small pictures that cannot say their colours are taken for.
    private const string Bt601 = "format=yuv420p";

    // Made when it is asked for: the order in which files initialise their fields is nobody's promise.
    public static IReadOnlyList<Master> All => field ??= [.. Sizes, .. Colors, .. Hdr, .. Fields, .. Times, .. Long, .. Tracks, .. Text, .. Sound, .. SoundAlone];

    /// <summary>The card in H.264 and AAC, of BT.709, unless the arguments say otherwise.</summary>
    private static IReadOnlyList<string> Plain(IEnumerable<string> inputs, string file, params IEnumerable<string> arguments) =>
        [.. inputs, "-vf", Card.Bt709(), .. X264, .. Aac, .. arguments, file];
}
