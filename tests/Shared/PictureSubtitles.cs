namespace FlickStream.Tests.Shared;

/// <summary>Subtitles made of pictures, as Blu-ray has them: a display set of Presentation Graphics that shows nothing, at half a second.</summary>
public static class PictureSubtitles
{
    /// <summary>For ffmpeg's demuxer <c>sup</c>.</summary>
    public static byte[] Sup => Convert.FromHexString(
        "50470000AFC8" + "00000000" + "16000B" + "014000B410000180000000" + "50470000AFC8" + "00000000" + "170001" + "00"
        + "50470000AFC8" + "00000000" + "800000");
}
