using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Numbers;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// Pictures may change their size or aspect on the way: film among advertisements, a phone that is turned in a call. Each is scaled by its
/// own aspect into the title's frame, and bars fill the rest. What becomes of a picture depends on itself alone, so that it is the same
/// whichever chunk begins with it. Where none changes, the filters pass all on.
/// </summary>
internal static class FrameFit
{
    // Aspects that differ by less are one aspect, rounded or with other margins.
    private const double Alike = 1.03;

    /// <summary>Into a rung, or an image like it, of square pixels.</summary>
    /// <returns>Arguments of the filter scale, and what follows in a format that has black, with a comma behind.</returns>
    public static (string Size, string Bars) Into(EncodingPlan plan, int width, int height)
    {
        if (plan.IsRecipe || TakesAllForOne(plan.Picture)) return ($"{width}:{height}", "");
        var shown = plan.Picture.DisplaySize();
        var (size, pad) = Of(shown.Width / shown.Height, width, height, 2, "-1:-1");
        return (size, pad + ",");
    }

    /// <summary>Makes all pictures as large as the title's, with its pixels, where what comes before they are scaled takes them for as large as
    /// the first; fields stay what they are. D-10 is of one size by its standard.</summary>
    public static IEnumerable<string> ToOne(EncodingPlan plan)
    {
        var video = plan.Picture;
        if (video.LinesAbove > 0) yield return $"crop=iw:{video.ActiveHeight}:0:{video.LinesAbove}";
        else if (!plan.IsRecipe && TakesAllForOne(video))
        {
            // Four lines are two of each field, and one of each field's chroma.
            var (size, pad) = Of(
                video.PixelAspect * new Rational(video.Width, video.Height), video.Width, video.Height, 4, "(ow-iw)/2:4*floor((oh-ih)/8)");
            yield return $"scale={size}:interl=1:flags=bicubic,{pad},setsar={video.PixelAspect}";
        }
    }

    private static bool TakesAllForOne(VideoReport video) => video.IsInterlaced || video.IsTelecined || video.LinesAbove > 0;

    private static (string Size, string Pad) Of(Rational aspect, int width, int height, int lines, string place)
    {
        // Beyond 10:1 it is a damaged header, as for the whole title.
        var wider = $"(iw*if(gt(sar,0.1)*lt(sar,10),sar,1)/ih/({aspect}))";
        string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
        return (
            $"w='if(gt({wider},{Number(1 / Alike)}),{width},max(2,2*round({Number(width / 2.0)}*{wider})))'"
                + $":h='if(lt({wider},{Number(Alike)}),{height},max({lines},{lines}*round({Number((double)height / lines)}/{wider})))':eval=frame",
            $"pad={width}:{height}:{place}:eval=frame");
    }
}
