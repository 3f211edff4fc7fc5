namespace FlickStream.Platform.Contracts;

/// <summary>
/// How hard a picture is to encode: what short samples of it cost and how well they showed when encoded at a few sizes and qualities.
/// All sizes are as shown: pixels square, picture upright. Where planning and the probe disagree on the largest size, it is the
/// probe's that the figures are relative to.
/// </summary>
/// <param name="Width">Of the picture all sizes are compared with, pixels.</param>
/// <param name="Height">Of the picture all sizes are compared with, pixels.</param>
/// <param name="Samples">How many stretches of the title were measured.</param>
/// <param name="Points">What encoding costs and loses, at sizes and qualities.</param>
/// <param name="Scaling">What a smaller size loses before anything is encoded.</param>
public sealed record ComplexityReport(
    int Width, int Height, int Samples, IReadOnlyList<ComplexityPoint> Points, IReadOnlyList<ScalingPoint> Scaling);

/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Crf">x264's quality target.</param>
/// <param name="KeyBits">Of a picture that depends on no other, on average.</param>
/// <param name="FrameBits">Of any other picture, on average.</param>
/// <param name="Ssim">Of luma, 0 to 1, at the largest size: what scaling and encoding lose together.</param>
public sealed record ComplexityPoint(int Width, int Height, double Crf, double KeyBits, double FrameBits, double Ssim);

/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Ssim">Of luma, 0 to 1, between the pictures and themselves made this small and large again.</param>
public sealed record ScalingPoint(int Width, int Height, double Ssim);
