namespace Digits.Drawing;

/// <summary>A smooth elastic distortion of the plane: each coordinate moves by a random cubic of both, small inside [-1, 1].</summary>
internal readonly struct Bend
{
    private readonly Cubic _x;
    private readonly Cubic _y;

    public Bend(ref Dice dice, float strength)
    {
        _x = new Cubic(ref dice, strength);
        _y = new Cubic(ref dice, strength);
    }

    public void Apply(ref float x, ref float y)
    {
        float moveX = _x.At(x, y), moveY = _y.At(x, y);
        x += moveX;
        y += moveY;
    }

    // Without constant and linear terms: shift, scale, slant and rotation are chosen elsewhere.
    private readonly struct Cubic(ref Dice dice, float strength)
    {
        private readonly float _xx = strength * dice.Normal(), _xy = strength * dice.Normal(), _yy = strength * dice.Normal();
        private readonly float _xxx = strength * dice.Normal(), _xxy = strength * dice.Normal();
        private readonly float _xyy = strength * dice.Normal(), _yyy = strength * dice.Normal();

        public float At(float x, float y) =>
            (_xx * ((x * x) - 0.5f)) + (_xy * x * y) + (_yy * ((y * y) - 0.5f))
            + (x * ((_xxx * ((x * x) - 0.7f)) + (_xxy * x * y) + (_xyy * y * y))) + (_yyy * y * ((y * y) - 0.7f));
    }
}
