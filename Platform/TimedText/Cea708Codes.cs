namespace FlickStream.Platform.TimedText;

/// <summary>What the bytes of a service of CEA-708 mean (CTA-708-E, 7.1): how long a code is with all that belongs to it, and which character
/// it is.</summary>
internal static class Cea708Codes
{
    public const byte Backspace = 0x08, FormFeed = 0x0c, CarriageReturn = 0x0d, HorizontalReturn = 0x0e;
    public const byte SetCurrent = 0x80, Clear = 0x88, Display = 0x89, Hide = 0x8a, Toggle = 0x8b, Delete = 0x8c;
    public const byte Delay = 0x8d, DelayCancel = 0x8e, Reset = 0x8f, PenAttributes = 0x90, PenLocation = 0x92, Define = 0x98;

    private const byte Extended = 0x10, Wide = 0x18;

    // Decoders show it for characters that they do not have (7.1.8).
    private const char Missing = '_';

    /// <summary>Bytes of the code that the bytes begin with; more than there are where it is cut off.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        Extended => bytes.Length < 2 ? 2 : 1 + LengthOfExtended(bytes[1..]),
        < 0x10 => 1,
        < Wide => 2,
        < 0x20 => 3,
        < Clear or >= 0xa0 => 1,
        <= Delay => 2,
        DelayCancel or Reset => 1,
        PenAttributes or PenLocation => 3,
        0x91 => 4,
        0x97 => 5,
        >= Define => 7,
        _ => 1,
    };

    /// <param name="code">All of it.</param>
    /// <returns>Null where it is no character.</returns>
    public static char? CharacterOf(ReadOnlySpan<byte> code) => code[0] switch
    {
        Wide => (char)((code[1] << 8) | code[2]),
        Extended => OfExtended(code[1]),
        0x7f => '♪',
        >= 0x20 and < 0x80 or >= 0xa0 => (char)code[0],
        _ => null,
    };

    // Codes that later decoders may know; what they carry is passed over (7.1.11).
    private static int LengthOfExtended(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        < 0x08 => 1,
        < 0x10 => 2,
        < 0x18 => 3,
        < 0x20 => 4,
        < 0x80 or >= 0xa0 => 1,
        < 0x88 => 5,
        < 0x90 => 6,
        _ => bytes.Length < 2 ? 2 : 2 + (bytes[1] & 0x3f),
    };

    private static char? OfExtended(byte code) => code switch
    {
        0x20 or 0x21 => ' ',
        0x25 => '…',
        0x2a => 'Š',
        0x2c => 'Œ',
        0x30 => '█',
        0x31 => '‘',
        0x32 => '’',
        0x33 => '“',
        0x34 => '”',
        0x35 => '•',
        0x39 => '™',
        0x3a => 'š',
        0x3c => 'œ',
        0x3d => '℠',
        0x3f => 'Ÿ',
        >= 0x76 and <= 0x7f => "⅛⅜⅝⅞│┐└─┘┌"[code - 0x76],
        >= 0x20 and < 0x80 or >= 0xa0 => Missing,
        _ => null,
    };
}
