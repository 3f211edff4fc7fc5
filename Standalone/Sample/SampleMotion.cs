namespace FlickStream.Standalone.Sample;

internal enum SampleMotion
{
    /// <summary>A still background: about 12 times faster than real time to make at 1080p on one core, and small.</summary>
    Low,

    /// <summary>A moving test picture, which costs an encoder about what a film does.</summary>
    High,
}
