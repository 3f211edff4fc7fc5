namespace FlickStream.Platform.TimedText;

/// <summary>What the codes of CEA-608 mean (CEA-608-E, 6.4.2 and annex E).</summary>
internal static class Cea608Characters
{
    private const string Special = "®°½¿™¢£♪à èâêîôû";
    private const string Spanish = "ÁÉÓÚÜü‘¡*'—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»";
    private const string German = "ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤¦ÅåØø┌┐└┘";

    /// <summary>0x20 to 0x7f: ASCII, but for ten.</summary>
    public static char Basic(int code) => code switch
    {
        0x27 => '’',
        0x2a => 'á',
        0x5c => 'é',
        0x5e => 'í',
        0x5f => 'ó',
        0x60 => 'ú',
        0x7b => 'ç',
        0x7c => '÷',
        0x7d => 'Ñ',
        0x7e => 'ñ',
        0x7f => '█',
        _ => (char)code,
    };

    /// <summary>Two bytes that add a character; null for others.</summary>
    public static char? OfSpecial(int first, int second) => (first, second) is (0x11, >= 0x30 and < 0x40) ? Special[second - 0x30] : null;

    /// <summary>Two bytes that put a character in the place of the one before them; null for others.</summary>
    public static char? OfExtended(int first, int second) => (first, second) switch
    {
        (0x12, >= 0x20 and < 0x40) => Spanish[second - 0x20],
        (0x13, >= 0x20 and < 0x40) => German[second - 0x20],
        _ => null,
    };
}
